//! The engine held against a small library: what it answers, and what it says of an SDL that the code does not match.

mod access;
mod arguments;
mod check;
mod entities;
#[cfg(test)]
mod library;
mod lists;
mod mutations;
