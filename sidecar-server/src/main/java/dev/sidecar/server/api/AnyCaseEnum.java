package dev.sidecar.server.api;

import java.util.Locale;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/** Constants of enums in a query, as they are in JSON: without regard to case. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class AnyCaseEnum implements ConverterFactory<String, Enum> {

    @Override
    public <T extends Enum> Converter<String, T> getConverter(Class<T> type) {
        return text ->
                (T) Enum.valueOf(type, text.trim().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
