package io.yotposync.autoconfigure;

import io.yotposync.autoconfigure.properties.ScanProperties;

/** The bound properties of the scans, in a bean that Boot does not take for one that it has to bind itself. */
public record BoundScans(ScanProperties properties) {}
