import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Ref, RoutingGroup } from '@/api/types';
import { freeKey } from '@/features/fields/fieldDraft';
import { PersonPicker } from '@/features/org/PersonPicker';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import css from './Routing.module.css';
import { useChangeReceiver, useWriteGroup } from './routing';

type Strategy = RoutingGroup['strategy'];
type Hours = RoutingGroup['members'][number]['hours'];
type Member = { person: Ref; weight: number; cap: number; skills: string[]; hours: Hours; isReceiving: boolean };
const strategies: Strategy[] = ['least_open', 'round_robin', 'weighted', 'fixed'];
const usual = { weight: 1, cap: 5, skills: [], hours: 'calendar' as Hours, isReceiving: true };

function swapped<T>(list: T[], place: number, by: number): T[] {
  const next = [...list];
  const [one] = next.splice(place, 1);
  if (one !== undefined) next.splice(place + by, 0, one);
  return next;
}

type LineProps = { member: Member; place: number; count: number; isWeighted: boolean; onChange: (member: Member) => void; onMove: (by: number) => void; onRemove: () => void };

function MemberLine({ member, place, count, isWeighted, onChange, onMove, onRemove }: LineProps) {
  const { t } = useTranslation('routing');
  const who = member.person.name;
  return (
    <li className={css.memberLine}>
      <strong>
        {place + 1}. {who}
      </strong>
      <label>
        {t('cap')}
        <InputNumber<number> controls={false} aria-label={t('capOf', { name: who })} min={0} max={10000} precision={0} value={member.cap} onChange={(cap) => { onChange({ ...member, cap: cap ?? 0 }); }} />
      </label>
      {isWeighted && (
        <label>
          {t('weight')}
          <InputNumber<number> controls={false} aria-label={t('weightFor', { name: who })} min={1} max={1000} precision={0} value={member.weight} onChange={(weight) => { onChange({ ...member, weight: weight ?? 1 }); }} />
        </label>
      )}
      <div className={css.grow}>
        {t('skillsOf')}
        <Select<string[]> mode="tags" aria-label={t('skillsFor', { name: who })} style={{ width: '100%' }} value={member.skills} onChange={(skills) => { onChange({ ...member, skills }); }} />
      </div>
      <div>
        {t('hours')}
        <Select<'calendar' | 'always' | 'paused'>
          aria-label={t('hoursFor', { name: who })}
          style={{ width: 130 }}
          value={member.isReceiving ? member.hours : 'paused'}
          options={(['calendar', 'always', 'paused'] as const).map((key) => ({ value: key, label: t(`hoursKind.${key}`) }))}
          onChange={(next) => { onChange({ ...member, isReceiving: next !== 'paused', hours: next === 'paused' ? member.hours : next }); }}
        />
      </div>
      <span className="row">
        <Button size="small" type="text" aria-label={t('moveUp', { name: who })} icon={<ArrowUpOutlined />} disabled={place === 0} onClick={() => { onMove(-1); }} />
        <Button size="small" type="text" aria-label={t('moveDown', { name: who })} icon={<ArrowDownOutlined />} disabled={place === count - 1} onClick={() => { onMove(1); }} />
        <Button size="small" type="text" danger aria-label={t('removeMember', { name: who })} icon={<DeleteOutlined />} onClick={onRemove} />
      </span>
    </li>
  );
}

/** A group as it is written: its names, how it chooses, its members in their order. */
export default function GroupSheet({ group, taken, onClose }: { group: RoutingGroup | null; taken: string[]; onClose: () => void }) {
  const { t } = useTranslation('routing');
  const say = useToast();
  const write = useWriteGroup();
  const receive = useChangeReceiver();
  const [names, setNames] = useState({ 'zh-CN': group?.name['zh-CN'] ?? '', 'en-US': group?.name['en-US'] ?? '' });
  const [strategy, setStrategy] = useState<Strategy>(group?.strategy ?? 'least_open');
  const [members, setMembers] = useState<Member[]>(
    () => group?.members.map(({ person, weight, cap, skills, hours, is_receiving }) => ({ person, weight, cap, skills, hours, isReceiving: is_receiving })) ?? [],
  );
  const both = { 'zh-CN': names['zh-CN'].trim() || names['en-US'].trim(), 'en-US': names['en-US'].trim() || names['zh-CN'].trim() };
  const keep = async () => {
    const isNew = group === null;
    const key = group?.key ?? freeKey(both, taken, 'group');
    const listed = members.map(({ person, weight, cap, skills }) => ({ person: person.id, weight, cap, skills }));
    await write.mutateAsync({ key, isNew, group: { name: both, strategy, members: listed } });
    for (const { person, hours, isReceiving } of members) {
      const before = group?.members.find((one) => one.person.id === person.id);
      if ((before?.hours ?? 'calendar') === hours && (before?.is_receiving ?? true) === isReceiving) continue;
      await receive.mutateAsync({ person: person.id, change: { hours, is_receiving: isReceiving } });
    }
  };
  const save = () => {
    keep().then(
      () => {
        say('ok', t('groupSaved'));
        onClose();
      },
      (error: unknown) => {
        say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
      },
    );
  };
  return (
    <Sheet
      title={t(group ? 'editGroupTitle' : 'addGroup')}
      size={820}
      onClose={onClose}
      footer={
        <Button type="primary" disabled={!both['zh-CN']} loading={write.isPending || receive.isPending} onClick={save}>
          {t('save')}
        </Button>
      }
    >
      <div className={css.form}>
        {(['zh-CN', 'en-US'] as const).map((language) => (
          <label key={language}>
            {t(`names.${language}`)}
            <Input maxLength={60} value={names[language]} onChange={(event) => { setNames({ ...names, [language]: event.target.value }); }} />
          </label>
        ))}
        <div className={css.field}>
          {t('chooseBy')}
          <Select<Strategy> aria-label={t('chooseBy')} value={strategy} options={strategies.map((key) => ({ value: key, label: t(`strategy.${key}`) }))} onChange={setStrategy} />
        </div>
        <div className={css.field}>
          {t('addMember')}
          <PersonPicker
            label={t('addMember')}
            value={null}
            onChange={(id, person) => {
              if (id === null || !person || members.some((one) => one.person.id === id)) return;
              setMembers([...members, { person: { id, name: person.name }, ...usual }]);
            }}
          />
        </div>
        <ol className={css.memberLines} aria-label={t('members')}>
          {members.map((member, place) => (
            <MemberLine
              key={member.person.id}
              member={member}
              place={place}
              count={members.length}
              isWeighted={strategy === 'weighted'}
              onChange={(next) => { setMembers(members.map((one, index) => (index === place ? next : one))); }}
              onMove={(by) => { setMembers(swapped(members, place, by)); }}
              onRemove={() => { setMembers(members.filter((_one, index) => index !== place)); }}
            />
          ))}
        </ol>
        <small className="muted">{t('capHint')}</small>
      </div>
    </Sheet>
  );
}
