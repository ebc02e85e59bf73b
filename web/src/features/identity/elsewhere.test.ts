import { describe, expect, it } from 'vitest';
import { entrance, entryRefusal } from './elsewhere';

const URL = '/accounts/wecom/login/';

describe('entering elsewhere', () => {
  it('leads on to the page that was asked for', () => {
    expect(entrance(URL, { pathname: '/r/deal', search: '?view=3' })).toBe(`${URL}?next=%2Fr%2Fdeal%3Fview%3D3`);
  });

  it('remembers that page after a refusal, and forgets the refusal', () => {
    const page = { pathname: '/m', search: '?sign_in=sign_in_failed&next=%2Fm%2Fapprovals%2F12' };
    expect(entrance(URL, page)).toBe(`${URL}?next=%2Fm%2Fapprovals%2F12`);
    expect(entrance(URL, { pathname: '/', search: '?sign_in=sign_in_failed' })).toBe(`${URL}?next=%2F`);
  });

  it('knows the reasons that it can tell, and no others', () => {
    expect(entryRefusal('?sign_in=sign_in_locked')).toBe('sign_in_locked');
    expect(entryRefusal('?sign_in=%3Cscript%3E')).toBeNull();
    expect(entryRefusal('')).toBeNull();
  });
});
