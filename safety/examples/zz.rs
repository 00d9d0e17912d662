fn main(){ for l in ["vi","en","fr"] { let t=std::time::Instant::now(); for _ in 0..10 { safety::check_built_in(l).unwrap(); } println!("{l} {:.2} ms", t.elapsed().as_secs_f64()*100.0); } }
