> request=smtpd_access_policy
> protocol_state=RCPT
> sender=poc@example.org
> recipient=intake@x
> recipient_count=0
> instance=102.1.0
>
< action=DUNNO
<
= C-3 route intake@x -
> request=smtpd_access_policy
> protocol_state=DATA
> sender=poc@example.org
> recipient=intake@x
> recipient_count=1
> instance=102.1.0
>
< action=REDIRECT poc@x
<
= C-3 route intake@x route
# what reaches that mailbox by itself stays what it is
> request=smtpd_access_policy
> protocol_state=DATA
> sender=poc@example.org
> recipient=POC@x
> recipient_count=1
> instance=102.2.0
>
< action=DUNNO
<
= C-3 route POC@x route
