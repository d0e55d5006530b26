package io.yotposync.sample;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.List;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.Opcodes;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.EnableLoadTimeWeaving;
import org.springframework.context.annotation.EnableLoadTimeWeaving.AspectJWeaving;
import org.springframework.instrument.InstrumentationSavingAgent;
import org.springframework.instrument.classloading.LoadTimeWeaver;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * The sample with Broadleaf's load-time weaving: started with the {@code spring-instrument} agent, its entities are
 * changed while they are loaded, from the moment on that the persistence unit is put together. One that is there before
 * is one that cannot be woven any more, and ends the start as it does in Broadleaf.
 */
final class WovenShop {

    static final int TOO_EARLY = 3;
    static final String FIELD = "WOVEN";

    /** An argument: a configuration names an entity. */
    static final String MISTAKE = "--names-an-entity";

    private WovenShop() {}

    @SuppressWarnings("resource") // ends with the process
    public static void main(String[] args) {
        SpringApplicationBuilder shop = new SpringApplicationBuilder(SampleApplication.class, Weaving.class);
        if (List.of(args).contains(MISTAKE)) {
            shop.sources(NamesAnEntity.class);
        }
        shop.run(args);
    }

    /** Not marked as a configuration, which the other tests' shops would find. */
    @EnableLoadTimeWeaving(aspectjWeaving = AspectJWeaving.DISABLED)
    static class Weaving {

        @Bean
        static BeanPostProcessor persistenceUnit(LoadTimeWeaver weaver) {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessBeforeInitialization(Object bean, String name) {
                    if (bean instanceof LocalContainerEntityManagerFactoryBean) {
                        refuseLoaded(InstrumentationSavingAgent.getInstrumentation());
                        weaver.addTransformer(new AddField());
                    }
                    return bean;
                }
            };
        }

        private static void refuseLoaded(Instrumentation instrumentation) {
            List<String> early = Arrays.<Class<?>>stream(instrumentation.getAllLoadedClasses())
                    .map(Class::getName)
                    .filter(WovenShop::isEntity)
                    .toList();
            if (!early.isEmpty()) {
                System.out.println("loaded before they could be woven: " + early);
                Runtime.getRuntime().halt(TOO_EARLY);
            }
        }
    }

    /** The mistake: what a configuration must not do. */
    @ConditionalOnClass(name = "org.broadleafcommerce.profile.core.domain.CustomerImpl")
    static class NamesAnEntity {}

    static boolean isEntity(String name) {
        return name.startsWith("org.broadleafcommerce.") && name.contains(".domain.") && name.endsWith("Impl");
    }

    private static final class AddField implements ClassFileTransformer {

        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
            if (!isEntity(name.replace('/', '.'))) {
                return bytes;
            }
            ClassReader reader = new ClassReader(bytes);
            ClassWriter writer = new ClassWriter(reader, 0);
            reader.accept(writer, 0);
            int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
            writer.visitField(access, FIELD, "Z", null, null).visitEnd();
            System.out.println("woven: " + name);
            return writer.toByteArray();
        }
    }
}
