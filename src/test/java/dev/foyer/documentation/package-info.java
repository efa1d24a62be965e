/** The documentation, compared with what the code does. */
package dev.foyer.documentation;
