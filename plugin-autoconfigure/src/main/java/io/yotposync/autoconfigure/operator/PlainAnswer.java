package io.yotposync.autoconfigure.operator;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Duration;
import java.time.Instant;

/**
 * An answer as maps, lists, texts and numbers. The Actuator has answers written by the host's own JSON mapper, which may
 * name fields otherwise or know no times; scripts and the console read one form everywhere.
 */
final class PlainAnswer {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(Duration.class, ToStringSerializer.instance))
            .build();

    private PlainAnswer() {}

    /** Records as maps in the order of their components, other maps in that of their keys, times as text. */
    static Object of(Object answer) {
        return MAPPER.convertValue(answer, Object.class);
    }
}
