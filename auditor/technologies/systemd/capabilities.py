"""The capabilities of Linux, and those that other directives take away."""

from typing import Final

EVERY: Final = frozenset(
    f"CAP_{name}"
    for name in (
        "AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH "
        "FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN "
        "NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT "
        "SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG "
        "WAKE_ALARM"
    ).split()
)
"""capabilities(7) of man-pages 6.03."""

TAKEN_BY: Final = {
    "PrivateDevices": frozenset({"CAP_MKNOD", "CAP_SYS_RAWIO"}),
    "ProtectKernelModules": frozenset({"CAP_SYS_MODULE"}),
    "ProtectKernelLogs": frozenset({"CAP_SYSLOG"}),
    "ProtectClock": frozenset({"CAP_SYS_TIME", "CAP_WAKE_ALARM"}),
}
"""systemd.exec(5) of 252, under each directive."""

MASTERY: Final = frozenset(
    f"CAP_{name}"
    for name in "BPF DAC_OVERRIDE DAC_READ_SEARCH MAC_ADMIN MKNOD SETFCAP SYS_ADMIN SYS_MODULE SYS_PTRACE "
    "SYS_RAWIO".split()
)
"""Capabilities that make a process as good as root, or let it read every file (capabilities(7), "Notes to kernel
developers" and the descriptions of each)."""
