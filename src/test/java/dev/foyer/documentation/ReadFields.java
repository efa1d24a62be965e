package dev.foyer.documentation;

import java.util.LinkedHashMap;
import java.util.Set;

/** A JSON object that remembers which of its fields somebody looked at. */
final class ReadFields extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    private final String owner;
    private final transient Set<String> read;

    /**
     * @param owner what the object is, before the names of its fields
     * @param read takes what is looked at, as {@code owner.field}
     */
    ReadFields(String owner, Set<String> read) {
        this.owner = owner;
        this.read = read;
    }

    @Override
    public Object get(Object name) {
        read.add(owner + "." + name);
        return super.get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        read.add(owner + "." + name);
        return super.containsKey(name);
    }
}
