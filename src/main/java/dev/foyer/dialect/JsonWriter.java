package dev.foyer.dialect;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Turns records into the JSON objects that Socket.IO sends: enums by their {@code toString}, nulls left out. */
public final class JsonWriter {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(
                    _ -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();
    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};

    private JsonWriter() {}

    /** The JSON object of a record; the caller owns it. */
    public static Map<String, @Nullable Object> object(Record value) {
        return MAPPER.convertValue(value, OBJECT);
    }
}
