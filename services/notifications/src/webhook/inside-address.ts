import ipaddr from 'ipaddr.js';

/** Where a cloud's machines ask for their own secrets although the address looks like any other. */
const METADATA = new Set(['168.63.129.16']);
/** All of IPv6 that is routed on the internet today; whatever lies outside is a translation, a tunnel or a private net. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an address is one that nobody outside should make the platform connect to: loopback, private, link-local, shared, multicast,
 * unspecified, reserved, a form that carries an IPv4 address within IPv6, or a cloud's metadata service. What is no address counts as inside.
 */
export function isInside(address: string): boolean {
  if (!ipaddr.isValid(address)) return true;
  const parsed = ipaddr.parse(address);
  if (METADATA.has(parsed.toString()) || parsed.range() !== 'unicast') return true;
  return parsed.kind() === 'ipv6' && !parsed.match(GLOBAL_IPV6);
}

/** The address in a URL whose host is one, whatever the notation (`127.1`, `0x7f000001`, `[::1]`: the URL parser knows them all); undefined for a name. */
export function addressIn(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(host) ? host : undefined;
}
