package io.yotposync.sample.shop;

import jakarta.persistence.EntityManager;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerImpl;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The part of Broadleaf's {@code CustomerService} that the shop uses, with the same signatures and the same persistence
 * calls as Broadleaf's own. It keeps no passwords: nobody logs in to a sample.
 */
@Service
class ShopCustomerService {

    private final EntityManager entities;

    ShopCustomerService(EntityManager entities) {
        this.entities = entities;
    }

    @Transactional
    public Customer saveCustomer(Customer customer) {
        return saveCustomer(customer, customer.isRegistered());
    }

    @Transactional
    public Customer saveCustomer(Customer customer, boolean register) {
        if (register && !customer.isRegistered()) {
            customer.setRegistered(true);
        }
        return entities.merge(customer);
    }

    @Transactional
    public Customer registerCustomer(Customer customer, @Nullable String password, @Nullable String confirmation) {
        customer.setRegistered(true);
        return saveCustomer(customer);
    }

    @Transactional(readOnly = true)
    public @Nullable Customer readCustomerById(Long id) {
        return entities.find(CustomerImpl.class, id);
    }

    @Transactional(readOnly = true)
    public @Nullable Customer readCustomerByEmail(String email) {
        return entities.createQuery("select c from CustomerImpl c where c.emailAddress = :email", CustomerImpl.class)
                .setParameter("email", email)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }

    @Transactional
    public void deleteCustomer(Customer customer) {
        entities.remove(entities.contains(customer) ? customer : entities.merge(customer));
    }
}
