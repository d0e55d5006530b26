package org.springframework.orm.jpa;

import javax.persistence.EntityManager;

/** By the name of Spring's, which the core is not built with, and with what the core uses of it. */
public class EntityManagerHolder {

    private final EntityManager manager;

    public EntityManagerHolder(EntityManager manager) {
        this.manager = manager;
    }

    public EntityManager getEntityManager() {
        return manager;
    }
}
