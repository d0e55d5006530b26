package io.yotposync.sample.shop;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerImpl;
import org.broadleafcommerce.profile.core.service.CustomerService;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the shop's page can do, each in one transaction; Broadleaf's event follows its commit. */
@Service
class ShopCustomers {

    private static final int PAGE = 100;

    private final CustomerService service;
    private final CustomerEditor editor;
    private final CustomerViews views;
    private final EntityManager entities;

    ShopCustomers(
            @Qualifier("blCustomerService") CustomerService service,
            CustomerEditor editor,
            CustomerViews views,
            EntityManager entities) {
        this.service = service;
        this.editor = editor;
        this.views = views;
        this.entities = entities;
    }

    @Transactional
    public long register(CustomerForm form) {
        Customer customer = new CustomerImpl();
        editor.apply(form, customer);
        return service.registerCustomer(customer, null, null).getId();
    }

    /** Returns whether there is such a customer. */
    @Transactional
    public boolean edit(long id, CustomerForm form) {
        Optional<Customer> customer = find(id);
        customer.ifPresent(found -> {
            editor.apply(form, found);
            service.saveCustomer(found);
        });
        return customer.isPresent();
    }

    @Transactional
    public boolean delete(long id) {
        Optional<Customer> customer = find(id);
        customer.ifPresent(service::deleteCustomer);
        return customer.isPresent();
    }

    @Transactional(readOnly = true)
    public Optional<CustomerView> view(long id) {
        return find(id).map(views::of);
    }

    /** The newest customers, newest first. */
    @Transactional(readOnly = true)
    public List<CustomerView> newest() {
        return entities.createQuery("select c from CustomerImpl c order by c.id desc", CustomerImpl.class)
                .setMaxResults(PAGE)
                .getResultStream()
                .map(views::of)
                .toList();
    }

    private Optional<Customer> find(long id) {
        return Optional.ofNullable(service.readCustomerById(id));
    }
}
