package shop;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A shop that has just been made. */
@SpringBootApplication
public class Shop {}
