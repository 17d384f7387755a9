"""Figures of other bodies, other matters, plans and parts: nothing is read from them."""

import pytest


@pytest.mark.parametrize(
    "sentence",
    [
        # Other bodies.
        "12家单位没有收到申请。",
        "行政复议机关受理行政复议案件100件。",
        "司法局办理行政复议案件88件，其中涉及信息公开5件。",
        "收到部门征询意见函15件，回复15件。",
        "参加省政府组织的业务培训4次。",
        "选派干部参加省级培训2人次。",
        "参加新闻发布会6场。",
        # Other matters.
        "受理公租房申请1200件，办结1180件。",
        "区行政审批局收到许可申请9000件。",
        "受理挖掘占用申请66件，全部批准。",
        "开展安全生产培训12场，参训1500人次。",
        "12345热线受理诉求2.1万件，办结2.08万件。",
        "许可事项平均办理3个工作日。",
        "承诺5个工作日内答复留言。",
        "依申请公开信息260条，不予公开信息40条。",
        "向省平台报送信息520条，被采纳180条。",
        "申请人对答复不满意的2件。",
        "我局收到其他部门转来的申请协查函12件，回复12件。",
        "各乡镇收到申请20件。",
        "部门网站发布信息3.2万条。",
        "举办防汛培训1场，培训90人。",
        "开展网络安全培训2次。",
        "收到网上纠错留言12条，办结12条。",
        "收取行政事业性收费12万元。",
        "征求第三方意见7件。",
        "县档案馆馆藏政府公开信息2.3万条。",
        # Other years.
        "2022年全年主动公开信息2300条。",
        "“十三五”期间共收到申请560件。",
        # Plans and running totals.
        "力争明年网站访问量超过90万人次，新媒体发布信息2000条。",
        "全年拟公开信息3000条以上。",
        "截至2023年底网站累计访问量达1800万人次。",
        # Parts.
        "其中当面申请2件、网络申请9件、信函申请4件。",
        "通过信函收到申请8件。",
        "制作图解18个，视频解读6个。",
        "信息不存在6件，不属于本机关公开范围5件。",
    ],
)
def test_figures_of_others(told, sentence):
    assert told(sentence) == {}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "全年收到政府信息公开申请44件（2022年60件，下降26.7%），上年结转3件；办结申请45件；结转下一年度2件。",
            {"requests_received": 44, "requests_carried_over": 3, "requests_closed": 45, "requests_carried_forward": 2},
        ),
        (
            "因信息公开引发行政复议31件、行政诉讼6件。",
            {"reconsideration_cases": 31, "litigation_cases": 6},
        ),
        (
            "开展安全生产培训12场；开展政务公开培训1场，培训60人次。",
            {"trainings": 1, "trainees": 60},
        ),
        (
            "申请人不服答复提起行政复议3件，其中维持2件、撤回1件。",
            {"reconsideration_cases": 3},
        ),
    ],
)
def test_the_reports_own_figures_beside_them(told, sentence, expected):
    assert told(sentence) == expected
