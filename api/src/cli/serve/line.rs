//! A line of the log for machines: one JSON object, written once.
//!
//! The formatter that comes with the subscriber reads a span's fields back from their JSON for every line and every field that is
//! added later; a request had a twentieth of its time from that.

use std::fmt::{self, Debug, Write};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    span::Record,
};
use tracing_subscriber::{
    field::RecordFields,
    fmt::{
        FmtContext, FormatEvent, FormatFields, FormattedFields,
        format::Writer,
        time::{FormatTime, SystemTime},
    },
    registry::LookupSpan,
};

/// Fields as `"name":value`, with commas between them and no braces around.
pub(super) struct Pairs;

/// Time, level, the event's own fields, target, and the span that it happened in.
pub(super) struct Line;

impl<'writer> FormatFields<'writer> for Pairs {
    fn format_fields<R: RecordFields>(&self, writer: Writer<'writer>, fields: R) -> fmt::Result {
        let mut pairs = Writing { writer, is_first: true, result: Ok(()) };
        fields.record(&mut pairs);
        pairs.result
    }

    fn add_fields(&self, current: &'writer mut FormattedFields<Self>, fields: &Record<'_>) -> fmt::Result {
        let is_first = current.fields.is_empty();
        let mut pairs = Writing { writer: current.as_writer(), is_first, result: Ok(()) };
        fields.record(&mut pairs);
        pairs.result
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> FormatEvent<S, Pairs> for Line {
    fn format_event(
        &self,
        context: &FmtContext<'_, S, Pairs>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        writer.write_str("{\"timestamp\":\"")?;
        SystemTime.format_time(&mut writer)?;
        write!(writer, "\",\"level\":\"{}\",", event.metadata().level())?;
        context.field_format().format_fields(writer.by_ref(), event)?;
        writer.write_str(",\"target\":")?;
        quote(&mut writer, event.metadata().target())?;
        if let Some(span) = context.lookup_current() {
            writer.write_str(",\"span\":{")?;
            if let Some(fields) = span.extensions().get::<FormattedFields<Pairs>>()
                && !fields.is_empty()
            {
                writer.write_str(fields)?;
                writer.write_char(',')?;
            }
            writer.write_str("\"name\":")?;
            quote(&mut writer, span.name())?;
            writer.write_char('}')?;
        }
        writer.write_str("}\n")
    }
}

struct Writing<'writer> {
    writer: Writer<'writer>,
    is_first: bool,
    result: fmt::Result,
}

impl Writing<'_> {
    fn pair(&mut self, field: &Field, value: impl FnOnce(&mut Writer<'_>) -> fmt::Result) {
        let comma = if std::mem::take(&mut self.is_first) { "" } else { "," };
        let writer = &mut self.writer;
        let pair = write!(writer, "{comma}\"{}\":", field.name()).and_then(|()| value(writer));
        self.result = self.result.and(pair);
    }
}

impl Visit for Writing<'_> {
    fn record_f64(&mut self, field: &Field, value: f64) {
        // JSON knows neither infinity nor what is not a number.
        self.pair(
            field,
            |out| if value.is_finite() { write!(out, "{value}") } else { out.write_str("null") },
        );
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.pair(field, |out| write!(out, "{value}"));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.pair(field, |out| write!(out, "{value}"));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.pair(field, |out| write!(out, "{value}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.pair(field, |out| quote(out, value));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.pair(field, |out| {
            out.write_char('"')?;
            write!(Escaping(out), "{value:?}")?;
            out.write_char('"')
        });
    }
}

fn quote(out: &mut Writer<'_>, text: &str) -> fmt::Result {
    out.write_char('"')?;
    Escaping(out).write_str(text)?;
    out.write_char('"')
}

/// Writes text as it stands between the quotes of JSON.
struct Escaping<'o, 'writer>(&'o mut Writer<'writer>);

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut plain = 0;
        for (place, byte) in
            text.bytes().enumerate().filter(|(_, byte)| *byte < b' ' || b"\"\\".contains(byte))
        {
            self.0.write_str(&text[plain..place])?;
            match byte {
                b'"' => self.0.write_str("\\\"")?,
                b'\\' => self.0.write_str("\\\\")?,
                b'\n' => self.0.write_str("\\n")?,
                control => write!(self.0, "\\u{control:04x}")?,
            }
            plain = place + 1;
        }
        self.0.write_str(&text[plain..])
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io,
        sync::{Arc, Mutex},
    };

    use serde_json::{Value, json};
    use tracing_subscriber::{fmt, layer::SubscriberExt};

    use super::{Line, Pairs};

    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(work: impl FnOnce()) -> Vec<Value> {
        let paper = Paper::default();
        let writer = paper.clone();
        let lines = fmt::layer().fmt_fields(Pairs).event_format(Line).with_writer(move || writer.clone());
        tracing::subscriber::with_default(tracing_subscriber::registry().with(lines), work);
        let bytes = paper.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn a_line_tells_the_event_and_its_span_with_what_was_found_out_later() {
        let lines = written(|| {
            let span = tracing::info_span!("request", path = "/a\"b", tenant = tracing::field::Empty);
            span.record("tenant", 7_i64);
            span.record("operation", "unheard of");
            span.in_scope(|| tracing::warn!(took = 12_u64, share = 0.5, odd = f64::NAN, late = true, "slow"));
        });
        let line = &lines[0];
        assert_eq!(line["span"], json!({ "path": "/a\"b", "tenant": 7, "name": "request" }));
        assert_eq!((&line["message"], &line["level"]), (&json!("slow"), &json!("WARN")));
        assert_eq!((&line["took"], &line["share"]), (&json!(12), &json!(0.5)));
        assert_eq!((&line["odd"], &line["late"]), (&json!(null), &json!(true)));
        assert!(line["target"].as_str().unwrap().ends_with("line::tests"));
        assert!(line["timestamp"].as_str().unwrap().ends_with('Z'));
    }

    #[test]
    fn nothing_that_is_said_breaks_out_of_its_line() {
        let said = "a\n\"b\"\\ \u{1} ü {\"c\":1}";
        let lines = written(|| {
            tracing::info!(text = said, shown = %said, debugged = ?said, "{said}");
            tracing::info_span!("empty").in_scope(|| tracing::info!("next"));
        });
        assert_eq!((&lines[0]["text"], &lines[0]["shown"]), (&json!(said), &json!(said)));
        assert_eq!(
            (&lines[0]["message"], &lines[0]["debugged"]),
            (&json!(said), &json!(format!("{said:?}")))
        );
        assert_eq!((lines.len(), &lines[1]["span"]), (2, &json!({ "name": "empty" })));
    }
}
