import { Button, Popconfirm } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { RoutingGroup } from '@/api/types';
import { listed } from '@/ui/format';
import { Empty, Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './Routing.module.css';
import { RoutingTabs } from './RoutingTabs';
import { useRemoveGroup, useRoutingGroups } from './routing';

const GroupSheet = lazy(() => import('./GroupSheet'));

function Members({ group }: { group: RoutingGroup }) {
  const { t } = useTranslation('routing');
  if (group.members.length === 0) return <p className={css.faulty}>{t('noMembers')}</p>;
  return (
    <ul className={css.members}>
      {group.members.map((member) => (
        <li key={member.person.id} data-unable={member.unable !== null || undefined}>
          <span>{member.person.name}</span>
          <span className="num" title={t('loadTitle')}>
            {member.load} / {member.cap}
          </span>
          {group.strategy === 'weighted' && <span className="muted">{t('weightOf', { weight: member.weight })}</span>}
          {member.skills.map((skill) => (
            <span key={skill} className={css.skill}>
              {skill}
            </span>
          ))}
          {member.unable && <span className={css.unable}>{t(`unable.${member.unable}`)}</span>}
        </li>
      ))}
    </ul>
  );
}

/** The groups: who receives in which order, how much, and who cannot now. */
export default function GroupsPage() {
  const { t } = useTranslation('routing');
  const name = useName();
  const say = useToast();
  const groups = useRoutingGroups();
  const remove = useRemoveGroup();
  const [opened, setOpened] = useState<RoutingGroup | 'new' | null>(null);
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <RoutingTabs value="groups" />
        <Button type="primary" onClick={() => { setOpened('new'); }}>
          {t('addGroup')}
        </Button>
      </div>
      <Faces query={groups} rows={8} isEmpty={(list) => list.length === 0} empty={<Empty title={t('noGroups')} hint={t('noGroupsHint')} />}>
        {(list) => (
          <div className={css.sets}>
            {list.map((group) => (
              <article key={group.key} className={css.card} aria-label={name(group.name)}>
                <header className={css.head}>
                  <h2>{name(group.name)}</h2>
                  <span className="muted">{t(`strategy.${group.strategy}`)}</span>
                  <span className="row">
                    <Button size="small" aria-label={t('editGroup', { name: name(group.name) })} onClick={() => { setOpened(group); }}>
                      {t('edit')}
                    </Button>
                    {group.used_by.length === 0 && (
                      <Popconfirm
                        title={t('removeGroupAsk')}
                        okText={t('remove')}
                        cancelText={t('cancel', { ns: 'ui' })}
                        onConfirm={() => {
                          remove.mutate(group.key, {
                            onError: (error) => {
                              say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
                            },
                          });
                        }}
                      >
                        <Button size="small" type="text" danger aria-label={t('removeGroup', { name: name(group.name) })}>
                          {t('remove')}
                        </Button>
                      </Popconfirm>
                    )}
                  </span>
                </header>
                <Members group={group} />
                {group.used_by.length > 0 && <small className="muted">{t('usedBy', { sets: listed(group.used_by.map((set) => name(set.name))) })}</small>}
              </article>
            ))}
          </div>
        )}
      </Faces>
      <Suspense fallback={null}>
        {opened && (
          <GroupSheet
            group={opened === 'new' ? null : opened}
            taken={(groups.data ?? []).map((group) => group.key)}
            onClose={() => { setOpened(null); }}
          />
        )}
      </Suspense>
    </div>
  );
}
