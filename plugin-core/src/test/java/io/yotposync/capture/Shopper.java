package io.yotposync.capture;

import java.util.ArrayList;
import java.util.List;
import javax.persistence.CascadeType;
import javax.persistence.Entity;
import javax.persistence.FetchType;
import javax.persistence.Id;
import javax.persistence.ManyToOne;
import javax.persistence.OneToMany;
import org.jspecify.annotations.Nullable;

/** A customer with lazy parts, as a {@code javax} host maps it. */
@Entity
class Shopper {

    @Id
    long id;

    @Nullable
    String name;

    @OneToMany(mappedBy = "shopper", cascade = CascadeType.ALL, orphanRemoval = true)
    List<Link> links = new ArrayList<>();

    Shopper() {}

    Shopper(long id, String name) {
        this.id = id;
        this.name = name;
    }

    long getId() {
        return id;
    }

    void phone(long number, String digits) {
        Link link = new Link();
        link.id = number;
        link.shopper = this;
        link.number = new Digits();
        link.number.id = number;
        link.number.digits = digits;
        links.add(link);
    }

    /** Knows its shopper. */
    @Entity(name = "Link")
    static class Link {

        @Id
        long id;

        @ManyToOne(fetch = FetchType.LAZY)
        @Nullable
        Shopper shopper;

        @ManyToOne(fetch = FetchType.LAZY, cascade = CascadeType.ALL)
        @Nullable
        Digits number;

        @Nullable
        Shopper getShopper() {
            return shopper;
        }

        @Nullable
        Digits getNumber() {
            return number;
        }
    }

    /** Does not. */
    @Entity(name = "Digits")
    static class Digits {

        @Id
        long id;

        @Nullable
        String digits;

        void setDigits(String value) {
            digits = value;
        }

        @Nullable
        String getDigits() {
            return digits;
        }
    }
}
