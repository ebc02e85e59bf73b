import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useToast } from '@/ui/toast';
import css from './PasswordDialog.module.css';
import { useChangePassword } from './session';

/** Changes the own password; the server judges its strength. */
export default function PasswordDialog({ onClose, forced }: { onClose: () => void; forced?: boolean }) {
  const { t } = useTranslation('identity');
  const say = useToast();
  const change = useChangePassword();
  const [form, setForm] = useState({ currentPassword: '', newPassword: '', repeatPassword: '' });
  const differs = form.repeatPassword !== '' && form.repeatPassword !== form.newPassword;
  const problem = problemOf(change.error);
  const messages = problem ? [...problem.errors.map((error) => error.message), ...(problem.errors.length ? [] : [problem.message])] : [];
  const save = () => {
    change.mutate(
      { current: form.currentPassword, new: form.newPassword },
      {
        onSuccess: () => {
          say('ok', t('passwordChanged'));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={t('changePassword')}
      okText={t('save', { ns: 'ui' })}
      cancelText={t('cancel', { ns: 'ui' })}
      okButtonProps={{ disabled: !form.currentPassword || !form.newPassword || form.newPassword !== form.repeatPassword }}
      confirmLoading={change.isPending}
      onOk={save}
      onCancel={onClose}
      closable={!forced}
      mask={{ closable: false }}
      cancelButtonProps={forced ? { style: { display: 'none' } } : undefined}
      keyboard={!forced}
      width={400}
    >
      <div className={css.form}>
        {forced && <p>{t('mustChange')}</p>}
        {(['currentPassword', 'newPassword', 'repeatPassword'] as const).map((key) => (
          <label key={key}>
            {t(key)}
            <Input.Password
              autoComplete={key === 'currentPassword' ? 'current-password' : 'new-password'}
              value={form[key]}
              status={key === 'repeatPassword' && differs ? 'error' : ''}
              onChange={(event) => {
                setForm({ ...form, [key]: event.target.value });
              }}
            />
          </label>
        ))}
        {differs && <p className={css.bad}>{t('repeatDiffers')}</p>}
        {messages.map((message) => (
          <p key={message} className={css.bad} role="alert">
            {message}
          </p>
        ))}
      </div>
    </Modal>
  );
}
