package io.yotposync.sample.shop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.broadleafcommerce.common.util.ApplicationContextHolder;
import org.broadleafcommerce.profile.core.service.CustomerService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ReflectionUtils;

/** The two beans of Broadleaf's that its event and this plugin look for, under their Broadleaf names. */
@Configuration(proxyBeanMethods = false)
class BroadleafBeans {

    /** Through this, Broadleaf's entity listener finds the context to publish in. */
    @Bean
    ApplicationContextHolder blApplicationContextHolder() {
        return new ApplicationContextHolder();
    }

    @Bean
    CustomerService blCustomerService(ShopCustomerService shop) {
        return (CustomerService) Proxy.newProxyInstance(
                CustomerService.class.getClassLoader(),
                new Class<?>[] {CustomerService.class},
                (proxy, method, args) -> {
                    Method same =
                            ReflectionUtils.findMethod(shop.getClass(), method.getName(), method.getParameterTypes());
                    if (same == null) {
                        throw new UnsupportedOperationException("the sample shop has no " + method.getName());
                    }
                    try {
                        return same.invoke(shop, args);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
