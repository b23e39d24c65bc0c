//! `ankra completion install` and `uninstall`, in homes of their own.
