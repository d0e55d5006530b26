package shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PreUpdate;

/** The shop's own customer. */
@Entity
public class Shopper {

    @Id
    private long id;

    private String name;

    protected Shopper() {}

    Shopper(long id, String name) {
        this.id = id;
        this.name = name;
    }

    long id() {
        return id;
    }

    String name() {
        return name;
    }

    void rename(String to) {
        name = to;
    }

    /** As a validation in the last flush; of an exception that says nothing to Spring. */
    @PreUpdate
    void validate() {
        if (name.isEmpty()) {
            throw new UnsupportedOperationException("a shopper has a name");
        }
    }
}
