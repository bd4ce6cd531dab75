import { describe, expect, it } from '@jest/globals';
import { addressIn, isInside } from './inside-address.js';

/** Sixteen and more places inside, each as it may be written in a URL. */
const INSIDE = [
  'http://127.0.0.1',
  'http://127.1',
  'http://2130706433',
  'http://0x7f000001',
  'http://0177.0.0.1',
  'http://0.0.0.0',
  'http://10.0.0.7',
  'http://172.16.0.1',
  'http://192.168.1.1',
  'http://100.64.0.1',
  'http://169.254.169.254',
  'http://100.100.100.200',
  'http://168.63.129.16',
  'http://192.0.0.192',
  'http://198.18.0.1',
  'http://224.0.0.1',
  'http://255.255.255.255',
  'http://[::1]',
  'http://[::]',
  'http://[0:0:0:0:0:0:0:1]',
  'http://[::ffff:127.0.0.1]',
  'http://[::ffff:7f00:1]',
  'http://[::127.0.0.1]',
  'http://[64:ff9b::127.0.0.1]',
  'http://[64:ff9b:1::7f00:1]',
  'http://[2002:7f00:1::]',
  'http://[2001:0:1::1]',
  'http://[fe80::1]',
  'http://[fec0::1]',
  'http://[fc00::1]',
  'http://[fd00:ec2::254]',
  'http://[ff02::1]',
  'http://[4000::1]',
];

describe('An address', () => {
  it.each(INSIDE)('inside of a network is told from one outside: %s', (url) => {
    const address = addressIn(new URL(url));
    expect([address, isInside(address ?? '')]).toEqual([expect.any(String), true]);
  });

  it.each(['http://1.1.1.1', 'http://[2606:4700::1111]', 'http://172.32.0.1', 'http://100.128.0.1'])(
    'outside is one that may be reached: %s',
    (url) => {
      expect(isInside(addressIn(new URL(url)) ?? '')).toBe(false);
    },
  );

  it('is not what a name is, and what is neither counts as inside', () => {
    expect(addressIn(new URL('https://hooks.example.org'))).toBeUndefined();
    expect(isInside('nonsense')).toBe(true);
  });
});
