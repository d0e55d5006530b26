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
                "its site is that of no store; yotpo.sync.stores.<key>.site says whose customers a store takes";
            case OTHER_STORE ->
                "it is a customer of another store; " + prefix + ".site says whose customers this one takes";
            case STORE_DISABLED ->
                "store " + store + " was switched off; once it is on, save it again, or a scan finds it";
            case NOT_ALLOWED ->
                "it is none of those that yotpo.sync.safety.only-email-domains and only-customers allow to be sent";
            case ANONYMOUS -> "it is an anonymous visitor, with neither an account nor an e-mail";
            case INVALID_CONTACT ->
                "it has no external id (" + prefix
                        + ".identifier.external-id), and its e-mail or phone is malformed, or"
                        + " its phone names no country (" + prefix + ".default-region)";
            case NO_IDENTIFIER ->
                "it has no external id (" + prefix + ".identifier.external-id), e-mail or permitted phone number";
            case CUSTOMIZER_BROKE_IDENTIFIER ->
                "a CustomerPayloadCustomizer of the host left identifiers that Yotpo refuses";
            case FAILED ->
                "it could not be read or mapped; a warning in the log, at that time or up to ten minutes before,"
                        + " names the fault and its place";
        };
    }
}
