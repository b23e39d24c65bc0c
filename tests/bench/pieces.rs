//! Decoding and rendering alone: `cargo bench --locked --bench pieces`.

#![expect(clippy::unwrap_used, reason = "a benchmark ends where something is amiss")]

use std::{fs::File, hint::black_box, io, os::fd::AsFd};

use ankra::testing::{
    output::{Cell, Column, Format, Layout, Options, Output, Record, sanitise},
    platform::fuzz::decode_credentials,
};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use serde::Serialize;
use serde_json::json;

#[derive(Serialize)]
struct Row {
    name: String,
    provider: &'static str,
    created_at: String,
    id: String,
}

impl Record for Row {
    const COLUMNS: &'static [Column] = &[
        Column::always("NAME"),
        Column::always("PROVIDER"),
        Column::always("CREATED"),
        Column::always("ID"),
    ];

    fn cell(&self, column: usize) -> Cell<'_> {
        match column {
            0 => Cell::text(self.name.as_str()),
            1 => Cell::text(self.provider),
            2 => Cell::time(Some(&self.created_at)),
            _ => Cell::text(self.id.as_str()),
        }
    }

    fn name(&self) -> &str {
        &self.name
    }
}

fn rows(count: usize) -> Vec<Row> {
    let row = |number: usize| Row {
        name: format!("credential-{number}"),
        provider: "hetzner",
        created_at: "2026-03-10T12:00:00.123456Z".to_owned(),
        id: format!("01a20b5f-6e84-7000-ab32-{number:012}"),
    };
    (0..count).map(row).collect()
}

fn decode(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decode");
    for count in [1_000, 20_000] {
        let one = |number: usize| {
            json!({
                "id": format!("01a20b5f-6e84-7000-ab32-{number:012}"), "name": format!("credential-{number}"),
                "provider": "hetzner", "available": true, "system": false,
                "created_at": "2026-03-10T12:00:00.123456Z", "updated_at": "2026-03-10T12:00:00.123456Z",
            })
        };
        let body = serde_json::to_vec(&(0..count).map(one).collect::<Vec<_>>()).unwrap();
        let chunks: Vec<&[u8]> = body.chunks(16 << 10).collect();
        group.throughput(Throughput::Bytes(body.len() as u64));
        group.bench_with_input(BenchmarkId::new("credentials", count), &chunks, |bencher, chunks| {
            bencher.iter(|| assert_eq!(decode_credentials(black_box(chunks)), Some(count)));
        });
    }
    group.finish();
}

/// Sends standard output nowhere while `work` runs.
fn silent<T>(work: impl FnOnce() -> T) -> T {
    let shown = io::stdout().as_fd().try_clone_to_owned().unwrap();
    rustix::stdio::dup2_stdout(File::options().write(true).open("/dev/null").unwrap()).unwrap();
    let result = work();
    rustix::stdio::dup2_stdout(shown).unwrap();
    result
}

fn render(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("render");
    let rows = rows(20_000);
    for (name, format) in [("table", Format::Table), ("json", Format::Json), ("name", Format::Name)] {
        let output = Output::new(Options { format, ..Options::default() });
        group.bench_function(BenchmarkId::new(name, rows.len()), |bencher| {
            silent(|| bencher.iter(|| output.list(black_box(&rows), &Layout::default()).unwrap()));
        });
    }
    group.bench_function("sanitise", |bencher| {
        bencher.iter(|| sanitise(black_box("01a20b5f-6e84-7000-ab32-059c70574e08")).len());
    });
    group.finish();
}

criterion_group!(pieces, decode, render);
criterion_main!(pieces);
