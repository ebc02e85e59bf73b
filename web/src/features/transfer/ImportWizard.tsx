export default function ImportWizard() { return null; }
