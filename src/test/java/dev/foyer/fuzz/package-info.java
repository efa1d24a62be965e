/** Foreign input by the thousand for each parser: how inputs come about, and what is watched while they are read. */
package dev.foyer.fuzz;
