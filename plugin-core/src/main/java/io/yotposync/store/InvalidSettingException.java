package io.yotposync.store;

/**
 * A setting that cannot be worked with. Start-up ends with it, so its parts are written for the engineer who set it.
 */
public final class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private static final int SHORTEST_SECRET = 16;

    private final String setting;
    private final String problem;
    private final String fix;

    /**
     * @param setting the setting's name, as far as the thrower knows it ({@code rate-limit})
     * @param problem what is wrong with it, never quoting a secret
     * @param fix what to write instead
     */
    public InvalidSettingException(String setting, String problem, String fix) {
        super(setting + " " + problem + ". " + fix);
        this.setting = setting;
        this.problem = problem;
        this.fix = fix;
    }

    /** A value as {@code problem} may show it: one that is made like a secret may have been meant for another setting. */
    public static String quoted(String value) {
        boolean secretive = value.length() >= SHORTEST_SECRET && value.chars().anyMatch(Character::isDigit);
        return secretive ? "'***'" : "'" + value + "'";
    }

    /** The same with the setting's full name. */
    public InvalidSettingException under(String prefix) {
        InvalidSettingException full = new InvalidSettingException(prefix + "." + setting, problem, fix);
        full.initCause(getCause());
        return full;
    }

    public String setting() {
        return setting;
    }

    public String problem() {
        return problem;
    }

    public String fix() {
        return fix;
    }
}
