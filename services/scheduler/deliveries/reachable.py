"""Which addresses of the network a webhook may reach: what the internet at large does, and nothing nearer."""

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

NEAR_V4 = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared by a carrier's customers
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud's own service, though the number is a public one
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",  # documentation, as 198.51.100 and 203.0.113
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",
    )
)
GLOBAL_V6 = IPv6Network("2000::/3")
"""Mapped, compatible, translated (64:ff9b), unique local, link-local, site-local and multicast all lie outside."""

NEAR_V6 = tuple(
    IPv6Network(each)
    for each in (
        "2001::/23",  # protocols of their own, Teredo among them
        "2001:db8::/32",  # documentation, as 3fff
        "2002::/16",  # 6to4
        "3fff::/20",
    )
)


def is_global(address: str) -> bool:
    """Whether an address, as the resolver writes it, is one of the internet's own for a single host."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        far = found in GLOBAL_V6 and not found.scope_id
        return far and not any(found in each for each in NEAR_V6)
    return not any(found in each for each in NEAR_V4)
