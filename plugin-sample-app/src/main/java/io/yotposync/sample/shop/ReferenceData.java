package io.yotposync.sample.shop;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Locale;
import org.broadleafcommerce.common.locale.domain.LocaleImpl;
import org.broadleafcommerce.profile.core.domain.CountryImpl;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Fills Broadleaf's tables of countries and locales at start. */
@Component
class ReferenceData implements ApplicationRunner {

    private static final List<String> LOCALES = List.of("en_US", "en_GB", "de_DE", "fr_FR");

    private final EntityManager entities;

    ReferenceData(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments args) {
        for (String code : Locale.getISOCountries()) {
            CountryImpl country = new CountryImpl();
            country.setAbbreviation(code);
            country.setName(new Locale("", code).getDisplayCountry(Locale.ENGLISH));
            entities.merge(country);
        }
        for (String code : LOCALES) {
            LocaleImpl locale = new LocaleImpl();
            locale.setLocaleCode(code);
            locale.setFriendlyName(code);
            entities.merge(locale);
        }
    }
}
