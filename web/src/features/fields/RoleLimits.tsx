import { useTranslation } from 'react-i18next';
import type { FieldRow } from '@/api/types';
import { problemOf } from '@/api/problem';
import { useRoles } from '@/features/org/admin';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './FieldsPage.module.css';
import { useLimitField, type FieldAccess } from './admin';

const ways: FieldAccess[] = ['edit', 'read', 'masked', 'hidden'];

/** What each role may do with a field; a change holds at once. */
export function RoleLimits({ type, field }: { type: string; field: FieldRow }) {
  const { t } = useTranslation('fields');
  const name = useName();
  const say = useToast();
  const roles = useRoles();
  const limit = useLimitField(type, field.key);
  return (
    <fieldset className={css.limits}>
      <legend>{t('admin.limits')}</legend>
      <p className="muted">{t('admin.limitsHint')}</p>
      <Faces query={roles}>
        {(list) =>
          list.map((role) => (
            <label key={role.id} className={css.limit}>
              <span>{name(role.name)}</span>
              <select
                disabled={limit.isPending}
                value={field.limits.find((one) => one.role_id === role.id)?.access ?? 'edit'}
                onChange={(event) => {
                  limit.mutate(
                    { role_id: role.id, access: event.target.value as FieldAccess },
                    {
                      onSuccess: () => {
                        say('ok', t('saved', { ns: 'ui' }));
                      },
                      onError: (error) => {
                        say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
                      },
                    },
                  );
                }}
              >
                {ways.map((way) => (
                  <option key={way} value={way}>
                    {t(`admin.access.${way}`)}
                  </option>
                ))}
              </select>
            </label>
          ))
        }
      </Faces>
    </fieldset>
  );
}
