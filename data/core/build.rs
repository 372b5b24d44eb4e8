//! Embeds the migrations anew when a folder is added: the macro itself only notices files it already knows.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
