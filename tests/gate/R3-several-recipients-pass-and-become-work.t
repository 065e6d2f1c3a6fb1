> request=smtpd_access_policy
> protocol_state=RCPT
> sender=poc@example.org
> recipient=intake@x
> instance=103.1.0
>
< action=DUNNO
<
= C-3 route intake@x -
> request=smtpd_access_policy
> protocol_state=RCPT
> sender=poc@example.org
> recipient=contact@x
> instance=103.1.0
>
< action=DUNNO
<
= C-3 route contact@x -
> request=smtpd_access_policy
> protocol_state=DATA
> sender=poc@example.org
> recipient=
> recipient_count=2
> instance=103.1.0
>
< action=DUNNO
<
= C-3 route - several-recipients
# on another connection the recipients are not known any more: any verdict on the sender counts
--
> request=smtpd_access_policy
> protocol_state=DATA
> sender=poc@example.org
> recipient_count=2
> instance=103.1.0
>
< action=DUNNO
<
= C-3 route - several-recipients
# nothing to do for somebody whose mail nothing restricts
> request=smtpd_access_policy
> protocol_state=RCPT
> sender=jo@example.org
> recipient=casework@x
> instance=103.2.0
>
< action=DUNNO
<
= C-1 proceed casework@x -
> request=smtpd_access_policy
> protocol_state=DATA
> sender=jo@example.org
> recipient_count=2
> instance=103.2.0
>
< action=DUNNO
<
> request=smtpd_access_policy
> protocol_state=RCPT
> sender=nobody@example.org
> recipient=casework@x
> instance=103.3.0
>
< action=DUNNO
<
= stranger
# nor for doors that an arrangement does not reach, though it would ask at others
> request=smtpd_access_policy
> protocol_state=RCPT
> sender=closed@example.org
> recipient=intake@x
> instance=103.4.0
>
< action=DUNNO
<
= C-8 proceed intake@x -
> request=smtpd_access_policy
> protocol_state=DATA
> sender=closed@example.org
> recipient_count=2
> instance=103.4.0
>
< action=DUNNO
<
