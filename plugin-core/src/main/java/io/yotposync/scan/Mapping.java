package io.yotposync.scan;

import io.yotposync.payload.FieldPrints;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.prepare.Preparation;

/** What turns a customer into a payload, and tells what it differs in from the one that Yotpo acknowledged. */
public record Mapping(Preparation preparation, PayloadMapper mapper, FieldPrints prints) {

    Judge judge(ScanSettings settings) {
        return new Judge(preparation, prints, settings.patience());
    }

    Farewell farewell() {
        return new Farewell(mapper, prints);
    }
}
