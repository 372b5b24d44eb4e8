//! One suite for all engines: whatever is asked, they find the same.

mod catalog;
mod crash;
mod engines;
mod everything;
mod judged;
mod naive;
mod rebuild;
mod stores;
mod words;
mod writes;
