package io.yotposync.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotationMetadata;

/**
 * The plugin in a context that is put together from XML, as Broadleaf's classic modules are: everything that Boot would
 * have configured by itself. Where Boot has, this adds nothing, for each configuration is taken once.
 */
@Configuration(value = "yotpoSyncXmlConfiguration", proxyBeanMethods = false)
@Import(YotpoSyncXmlConfiguration.AutoConfigurations.class)
public class YotpoSyncXmlConfiguration {

    /** Last of all, so that the host's own beans are there to be asked for. */
    static final class AutoConfigurations implements DeferredImportSelector, BeanClassLoaderAware {

        private static final String OURS = YotpoSyncXmlConfiguration.class.getPackageName() + ".";

        private ClassLoader classLoader = AutoConfigurations.class.getClassLoader();

        @Override
        public void setBeanClassLoader(ClassLoader loader) {
            classLoader = loader;
        }

        /** In the order of the file that Boot reads, which is one in which each comes after those it builds on. */
        @Override
        public String[] selectImports(AnnotationMetadata importing) {
            List<String> ours = new ArrayList<>();
            for (String candidate : ImportCandidates.load(AutoConfiguration.class, classLoader)) {
                if (candidate.startsWith(OURS) && !ours.contains(candidate)) {
                    ours.add(candidate);
                }
            }
            return ours.toArray(String[]::new);
        }
    }
}
