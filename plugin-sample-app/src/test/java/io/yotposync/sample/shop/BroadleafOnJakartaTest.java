package io.yotposync.sample.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.broadleafcommerce.common.web.BroadleafRequestContext;
import org.broadleafcommerce.profile.core.domain.CustomerImpl;
import org.broadleafcommerce.profile.core.service.CustomerService;
import org.junit.jupiter.api.Test;

/** What Broadleaf 3.1's classes, made for {@code javax}, can and cannot do here. */
class BroadleafOnJakartaTest {

    @Test
    void theRequestContextCanBeCalledButNotReflectedUpon() {
        assertThat(onAFreshThread(BroadleafRequestContext::getBroadleafRequestContext)
                        .getNonPersistentSite())
                .isNull();
        assertThatExceptionOfType(NoClassDefFoundError.class)
                .isThrownBy(BroadleafRequestContext.class::getMethods)
                .withMessageContaining("javax/servlet");
    }

    @Test
    void theCustomerAndItsServiceCanBeReflectedUpon() {
        assertThat(CustomerImpl.class.getMethods()).isNotEmpty();
        assertThat(CustomerService.class.getMethods()).isNotEmpty();
    }

    @Test
    void noAnnotationOfTheOldNamesIsSeen() {
        assertThat(CustomerImpl.class.getAnnotations())
                .noneMatch(annotation -> annotation.annotationType().getName().startsWith("javax."));
    }

    private static <T> T onAFreshThread(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, command -> new Thread(command).start())
                .join();
    }
}
