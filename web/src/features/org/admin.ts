import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, change, client, ifMatch } from '@/api/client';
import type { Capability, Grant, NewUser, Role, RoleChange, Unit, UnitChange, UserChange } from '@/api/types';

const users = ['org', 'users'];
const roles = ['org', 'roles'];

export { useUnits } from './units';

export function useRoles() {
  return useQuery({ queryKey: roles, queryFn: () => body(client.GET('/api/org/roles')), staleTime: 60_000 });
}

/** Everything that a role can be made of. */
export function usePermissions() {
  return useQuery({
    queryKey: ['org', 'permissions'],
    queryFn: () => body(client.GET('/api/org/permissions')),
    staleTime: 300_000,
  });
}

export function useUsers(filter: { q?: string; unit_id?: number; is_active?: boolean }) {
  return useInfiniteQuery({
    queryKey: [...users, filter],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/org/users', { params: { query: { ...filter, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: (before) => before,
  });
}

function useForgetOrg() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: ['org'] });
}

/** Adds a person, or changes the one whose version was read. */
export function useSaveUser() {
  const forget = useForgetOrg();
  return useMutation({
    mutationFn: (wish: { made: NewUser } | { id: number; version: number; changes: Partial<UserChange> }) =>
      'made' in wish
        ? body(client.POST('/api/org/users', { body: wish.made }))
        : body(
            client.PATCH('/api/org/users/{user_id}', {
              params: { path: { user_id: wish.id } },
              headers: ifMatch(wish.version),
              body: change<UserChange>(wish.changes),
            }),
          ),
    onSuccess: forget,
  });
}

export function useResetPassword() {
  return useMutation({
    mutationFn: ({ id, password }: { id: number; password: string }) =>
      body(client.POST('/api/org/users/{user_id}/password', { params: { path: { user_id: id } }, body: { password } })),
  });
}

export type UnitForm = { name: string; parent_id: number | null; code: string; head_id: number | null };

export function useSaveUnit() {
  const forget = useForgetOrg();
  return useMutation({
    mutationFn: ({ unit, form }: { unit: Unit | null; form: UnitForm }) =>
      unit === null
        ? body(client.POST('/api/org/units', { body: { ...form, position: 0 } }))
        : body(
            client.PATCH('/api/org/units/{unit_id}', {
              params: { path: { unit_id: unit.id } },
              headers: ifMatch(unit.version),
              body: change<UnitChange>(form),
            }),
          ),
    onSuccess: forget,
  });
}

export function useDeleteUnit() {
  const forget = useForgetOrg();
  return useMutation({
    mutationFn: (unit: Unit) => body(client.DELETE('/api/org/units/{unit_id}', { params: { path: { unit_id: unit.id } } })),
    onSuccess: forget,
  });
}

type RoleForm = { name: Role['name']; capabilities: Capability[]; grants: Grant[] };

export function useSaveRole() {
  const forget = useForgetOrg();
  return useMutation({
    mutationFn: ({ role, form }: { role: Role | null; form: RoleForm }) =>
      role === null
        ? body(client.POST('/api/org/roles', { body: { ...form, key: null } }))
        : body(
            client.PATCH('/api/org/roles/{role_id}', {
              params: { path: { role_id: role.id } },
              headers: ifMatch(role.version),
              body: change<RoleChange>(form),
            }),
          ),
    onSuccess: forget,
  });
}
