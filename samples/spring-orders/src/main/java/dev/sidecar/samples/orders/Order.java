package dev.sidecar.samples.orders;

/** So many of an article. */
record Order(String sku, int quantity) {}
