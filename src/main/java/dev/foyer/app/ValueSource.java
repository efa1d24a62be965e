package dev.foyer.app;

/** Where a setting's value is from. */
enum ValueSource {
    DEFAULT,
    FILE,
    ENVIRONMENT
}
