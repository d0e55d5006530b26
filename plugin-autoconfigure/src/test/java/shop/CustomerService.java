package shop;

import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class CustomerService {

    private final ApplicationEventPublisher events;

    CustomerService(ApplicationEventPublisher events) {
        this.events = events;
    }

    @Transactional
    public void save(Customer customer) {
        // your own repository, and then:
        events.publishEvent(new CustomerSaved(snapshot(customer)));
    }

    /** All that Yotpo is told of a customer, whoever asks. */
    static CustomerSnapshot snapshot(Customer customer) {
        return CustomerSnapshot.of(customer.id())
                .email(customer.email())
                .name(customer.firstName(), customer.lastName())
                .emailMarketing(Consent.of(customer.newsletter()))
                .updatedAt(customer.updatedAt())
                .build();
    }
}
