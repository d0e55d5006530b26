package io.yotposync.sample;

import java.util.function.Consumer;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerImpl;
import org.broadleafcommerce.profile.core.service.CustomerService;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A shop in a process of its own that dies between the commit of its last save and that save's event. */
final class CrashingShop {

    /** How the process ends where it is meant to. */
    static final int CRASHED = 42;

    private CrashingShop() {}

    /** @param args how many customers to save, then the shop's own arguments */
    @SuppressWarnings("resource") // nothing closes in a crash
    public static void main(String[] args) {
        int saves = Integer.parseInt(args[0]);
        String[] rest = new String[args.length - 1];
        System.arraycopy(args, 1, rest, 0, rest.length);
        ConfigurableApplicationContext shop = SpringApplication.run(SampleApplication.class, rest);
        CustomerService customers = shop.getBean("blCustomerService", CustomerService.class);
        TransactionTemplate transaction = shop.getBean(TransactionTemplate.class);
        Consumer<Integer> save = number -> transaction.executeWithoutResult(status -> {
            Customer customer = new CustomerImpl();
            customer.setEmailAddress("c" + number + "@example.com");
            customers.registerCustomer(customer, "", "");
            if (number == saves) {
                TransactionSynchronizationManager.registerSynchronization(new Crash());
            }
        });
        for (int number = 1; number <= saves; number++) {
            save.accept(number);
        }
    }

    private static final class Crash implements TransactionSynchronization {

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void afterCommit() {
            Runtime.getRuntime().halt(CRASHED);
        }
    }
}
