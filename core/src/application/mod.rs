//! Applications: a procedure's form, question by question, the case it becomes, and the documents that belong to it.

pub mod case;
pub mod case_pass;
pub mod document;
pub mod form;
pub mod submission;
