package io.yotposync.broadleaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BeanPathTest {

    @Test
    void readsGettersAlongAPath() {
        assertThat(new BeanPath("inner.name").read(new Outer())).isEqualTo("inner");
        assertThat(new BeanPath("inner.open").text(new Outer(), new Reading(true)))
                .isEqualTo("true");
    }

    @Test
    void aNullOnTheWayIsNull() {
        assertThat(new BeanPath("nothing.name").read(new Outer())).isNull();
        assertThat(new BeanPath("name").read(null)).isNull();
        assertThat(new BeanPath("name").text(null, new Reading(true))).isNull();
    }

    @Test
    void whatAClassDoesNotHaveIsNull() {
        for (String path : List.of("absent", "inner.absent", "hidden", "shared", "action", "withArgument", "x")) {
            assertThat(new BeanPath(path).read(new Outer())).as(path).isNull();
        }
    }

    @Test
    void aHiddenClassIsReadThroughItsPublicInterface() {
        assertThat(new BeanPath("name").read(new Hidden())).isEqualTo("hidden");
        assertThat(new BeanPath("own").read(new Hidden())).isNull();
        assertThat(new BeanPath("empty").read(List.of("a"))).isEqualTo(false);
        assertThat(new BeanPath("empty").read(Map.of())).isEqualTo(true);
    }

    @Test
    void aHiddenClassIsReadThroughItsPublicParent() {
        class Local extends Outer {}

        assertThat(new BeanPath("inner.name").read(new Local())).isEqualTo("inner");
    }

    @Test
    void whatAGetterThrowsComesThrough() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new BeanPath("broken").read(new Outer()))
                .withMessage("broken");
        assertThatExceptionOfType(NoClassDefFoundError.class)
                .isThrownBy(() -> new BeanPath("linked").read(new Outer()));
        assertThatIllegalStateException()
                .isThrownBy(() -> new BeanPath("checked").read(new Outer()))
                .withCauseInstanceOf(IOException.class);
    }

    /** Something with getters of all kinds. */
    public static class Outer {

        public Named getInner() {
            return new Inner();
        }

        public @Nullable Named getNothing() {
            return null;
        }

        String getHidden() {
            return "hidden";
        }

        public static String getShared() {
            return "static";
        }

        public void getAction() {}

        public String getWithArgument(String argument) {
            return argument;
        }

        public String getBroken() {
            throw new IllegalStateException("broken");
        }

        public String getLinked() {
            throw new NoClassDefFoundError();
        }

        public String getChecked() throws IOException {
            throw new IOException();
        }
    }

    /** Public, as entities' interfaces are. */
    public interface Named {
        String getName();
    }

    /** Public. */
    public static class Inner implements Named {
        @Override
        public String getName() {
            return "inner";
        }

        public boolean isOpen() {
            return true;
        }
    }

    private static final class Hidden implements Named {
        @Override
        public String getName() {
            return "hidden";
        }

        @SuppressWarnings({"unused", "EffectivelyPrivate"})
        public String getOwn() {
            return "own";
        }
    }
}
