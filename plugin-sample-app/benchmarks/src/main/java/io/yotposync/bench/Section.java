package io.yotposync.bench;

/** One of the tables. */
interface Section {

    /** What is asked on the command line. */
    String name();

    String title();

    /** What was measured and how, one paragraph. */
    String about();

    Table run(Scale scale) throws Exception;
}
