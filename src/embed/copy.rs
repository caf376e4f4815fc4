//! Copying and filling memory, as the compiler calls them: a third of the size of the standard
//! library's, which minds alignment; WebAssembly reads and writes anywhere. Imports nothing.
//!
//! Like `heap`, a place where `unsafe` can't be done without. The names are the compiler's own.
#![allow(unsafe_code)]

/// # Safety
/// As of C's `memcpy`.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, bytes: usize) -> *mut u8 {
    // SAFETY: within the bounds that the caller answers for.
    unsafe {
        let mut at = 0;
        while bytes.wrapping_sub(at) >= 8 {
            let word = from.wrapping_add(at).cast::<u64>().read_unaligned();
            to.wrapping_add(at).cast::<u64>().write_unaligned(word);
            at = at.wrapping_add(8);
        }
        while at < bytes {
            *to.wrapping_add(at) = *from.wrapping_add(at);
            at = at.wrapping_add(1);
        }
    }
    to
}

/// # Safety
/// As of C's `memmove`.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
unsafe extern "C" fn memmove(to: *mut u8, from: *const u8, bytes: usize) -> *mut u8 {
    // SAFETY: within the bounds that the caller answers for. Forwards, what is written lies at or
    // before what is read next, or behind all of it.
    unsafe {
        if (to as usize).wrapping_sub(from as usize) >= bytes {
            return memcpy(to, from, bytes);
        }
        let mut left = bytes;
        while left >= 8 {
            left = left.wrapping_sub(8);
            let word = from.wrapping_add(left).cast::<u64>().read_unaligned();
            to.wrapping_add(left).cast::<u64>().write_unaligned(word);
        }
        while left > 0 {
            left = left.wrapping_sub(1);
            *to.wrapping_add(left) = *from.wrapping_add(left);
        }
    }
    to
}

/// # Safety
/// As of C's `memset`.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
unsafe extern "C" fn memset(to: *mut u8, byte: i32, bytes: usize) -> *mut u8 {
    let mut at = 0;
    while at < bytes {
        // SAFETY: within the bounds that the caller answers for.
        unsafe { *to.wrapping_add(at) = byte as u8 };
        at = at.wrapping_add(1);
    }
    to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_copied_wherever_it_goes_and_nothing_else() {
        let before: Vec<u8> = (0..64).collect();
        for bytes in 0..24_usize {
            for from in 0..20_usize {
                for to in 0..20_usize {
                    let mut expected = before.clone();
                    expected.copy_within(from..from.wrapping_add(bytes), to);
                    let mut memory = before.clone();
                    let at = memory.as_mut_ptr();
                    // SAFETY: all within the 64 bytes.
                    unsafe { memmove(at.wrapping_add(to), at.wrapping_add(from), bytes) };
                    assert_eq!(memory, expected, "{bytes} from {from} to {to}");
                }
            }
            let mut memory = before.clone();
            // SAFETY: as above.
            unsafe { memset(memory.as_mut_ptr().wrapping_add(3), 7, bytes) };
            let filled = memory.iter().skip(3).take(bytes).all(|byte| *byte == 7);
            assert!(filled && memory[..3] == before[..3]);
            assert_eq!(
                memory[bytes.wrapping_add(3)..],
                before[bytes.wrapping_add(3)..]
            );
        }
    }
}
