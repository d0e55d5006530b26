package shop;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is set wrong is said in the host's own log, with the fix. */
@ExtendWith(OutputCaptureExtension.class)
class WrongSettingTest {

    @Test
    void theLogSaysWhichPropertyAndWhatToDo(CapturedOutput log) {
        assertThrows(
                RuntimeException.class,
                () -> SpringApplication.run(HostTest.Shop.class, "--yotpo.sync.stores.default.app-key=app-1"));

        String said = log.getAll();
        assertTrue(said.contains("APPLICATION FAILED TO START"), said);
        assertTrue(said.contains("The property 'yotpo.sync.stores.default.secret' is missing."), said);
        assertTrue(said.contains("It is the API secret shown in Yotpo's account settings."), said);
    }
}
