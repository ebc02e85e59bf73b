import { Modal, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { NurturePath } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import { useSwitchPath } from '@/features/nurture/paths';
import { useToast } from '@/ui/toast';

/** Turns a path on; turned off, those who are on their way go on or leave. */
export function PathSwitch({ path }: { path: NurturePath }) {
  const { t } = useTranslation('nurture');
  const say = useToast();
  const turn = useSwitchPath(path.key);
  const [asking, setAsking] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const send = (is_active: boolean, leaves_running: boolean) => {
    turn.mutate(
      { is_active, leaves_running },
      {
        onSuccess: () => { setAsking(false); },
        onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
      },
    );
  };
  return (
    <label className="row">
      <Switch
        aria-label={t('switch.label')}
        checked={path.is_active}
        disabled={path.version === null}
        loading={turn.isPending}
        onChange={(on) => {
          if (on || path.running === 0) send(on, false);
          else setAsking(true);
        }}
      />
      {t(path.is_active ? 'switch.on' : 'switch.off')}
      {asking && (
        <Modal
          open
          title={t('switch.offTitle')}
          okText={t('switch.turnOff')}
          okButtonProps={{ danger: leaving }}
          cancelText={t('cancel', { ns: 'ui' })}
          confirmLoading={turn.isPending}
          onOk={() => { send(false, leaving); }}
          onCancel={() => { setAsking(false); }}
          width={440}
        >
          <fieldset className={css.choices} aria-label={t('switch.offTitle')}>
            {[false, true].map((leave) => (
              <label key={String(leave)}>
                <input type="radio" name="running" checked={leaving === leave} onChange={() => { setLeaving(leave); }} />
                <span>{t(leave ? 'switch.leave' : 'switch.goOn', { count: path.running })}</span>
              </label>
            ))}
          </fieldset>
        </Modal>
      )}
    </label>
  );
}
