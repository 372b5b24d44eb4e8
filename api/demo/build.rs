//! Lists the pictures that `mcom demo` ships: each file of `examples/pictures` by its name.

use std::{env, error::Error, fmt::Write, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pictures").canonicalize()?;
    let entries = fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut names: Vec<String> = entries.iter().filter_map(|it| it.file_name().into_string().ok()).collect();
    names.retain(|name| name.ends_with(".webp"));
    names.sort_unstable();
    let mut list = "&[\n".to_owned();
    for name in names {
        let path = folder.join(&name);
        writeln!(list, "    ({name:?}, include_bytes!({path:?})),")?;
    }
    list.push_str("]\n");
    #[expect(clippy::disallowed_methods, reason = "where a build script writes is told by its environment")]
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("pictures.rs"), list)?;
    println!("cargo::rerun-if-changed={}", folder.display());
    Ok(())
}
