package io.yotposync.operator;

import io.yotposync.observe.SkipReason;
import io.yotposync.store.StoreKey;

/** Why a customer is not sent at all, each with the property or fact that decides. */
final class SkipTexts {

    private SkipTexts() {}

    static String of(SkipReason reason, StoreKey store) {
        String prefix = "yotpo.sync.stores." + store;
        return switch (reason) {
            case NO_STORE ->
                "its site is that of no store: that one takes it whose yotpo.sync.stores.<key>.site is the site's identifier";
            case OTHER_STORE ->
                "it is a customer of another store; " + prefix + ".site says whose customers this one takes";
            case STORE_DISABLED ->
                "store " + store + " was switched off; once it is on, save it again, or a scan finds it";
            case NOT_ALLOWED ->
                "it is none of those that yotpo.sync.safety.only-email-domains and only-customers let out of this host";
            case ANONYMOUS -> "it is an anonymous visitor, with neither an account nor an e-mail";
            case INVALID_CONTACT ->
                "it has no external id (" + prefix + ".identifier.external-id), and its e-mail or phone is malformed";
            case NO_IDENTIFIER ->
                "it has no external id (" + prefix + ".identifier.external-id), e-mail or permitted phone number";
            case CUSTOMIZER_BROKE_IDENTIFIER ->
                "a CustomerPayloadCustomizer of the host left identifiers that Yotpo refuses";
            case FAILED ->
                "it could not be read or mapped; a warning in the log, of then or up to ten"
                        + " minutes before, says which fault and where from";
        };
    }
}
