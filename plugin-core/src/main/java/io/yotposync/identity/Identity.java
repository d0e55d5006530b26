package io.yotposync.identity;

/** Whether Yotpo can tell who a customer is. */
public sealed interface Identity permits Identified, NotIdentifiable {}
